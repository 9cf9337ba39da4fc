/**
 * The settings: defaults, the operator's file and the environment as typed records. Nobody else
 * reads HOCON.
 */
package io.playlog.config;
