/** What the templates in {@code src/main/jte} show, and how numbers and times are written. */
package io.playlog.web.page;
