/**
 * The files of a download: in folders and in zips, which are read as streams and never unpacked.
 */
package io.playlog.producer.importing.files;
