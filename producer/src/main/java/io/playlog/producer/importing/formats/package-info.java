/**
 * The exports of others, read as streams: which format a file has, and the play that each of its
 * lines tells of. Of what a file says about a person and her devices nothing is read.
 */
package io.playlog.producer.importing.formats;
