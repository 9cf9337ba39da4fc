/** The page: {@link io.playlog.web.Main} starts it, {@code WebServer} answers requests. */
package io.playlog.web;
