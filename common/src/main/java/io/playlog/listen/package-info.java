/** The listen: its wire form, what makes a message a valid one, and the hours of event time. */
package io.playlog.listen;
