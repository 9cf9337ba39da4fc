/** Whether a server can be reached at all, whatever it speaks. */
package io.playlog.net;
