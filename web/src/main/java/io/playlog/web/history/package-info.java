/** What a listener listened to in a range of days, added up from the listens themselves. */
package io.playlog.web.history;
