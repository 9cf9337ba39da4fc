/** Values as other programs write them: now as a number, now as text. */
package io.playlog.values;
