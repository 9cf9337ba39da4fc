/** CSV (RFC 4180), row by row, in which a broken quote costs its own row only. */
package io.playlog.csv;
