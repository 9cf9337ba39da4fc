/**
 * Erases what is stored of a listener, and sees to it that what was sent before does not come back.
 * {@link io.playlog.jobs.forget.ForgetCommand} writes a mark first, which streams and repairs obey
 * from then on; {@link io.playlog.jobs.forget.ForgetGuard} is for those who may be writing
 * meanwhile what they had read before: they erase once more when they are done.
 */
package io.playlog.jobs.forget;
