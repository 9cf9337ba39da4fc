/**
 * The tables as the files of {@code schema/} define them: creates them, and compares what is there.
 */
package io.playlog.schema;
