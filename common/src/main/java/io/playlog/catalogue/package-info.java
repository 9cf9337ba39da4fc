/** The catalogue of songs: a CSV file, read row by row and checked. */
package io.playlog.catalogue;
