/** Shows how far work has come that takes a while. */
package io.playlog.progress;
