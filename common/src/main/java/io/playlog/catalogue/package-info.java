/** The catalogue of songs: a CSV file, read whole and checked. */
package io.playlog.catalogue;
