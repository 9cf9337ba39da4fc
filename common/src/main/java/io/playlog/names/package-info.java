/** Names of listeners and songs: what can be seen of them, and when two are the same. */
package io.playlog.names;
