/**
 * Dead letters: invalid messages as they came, with {@link io.playlog.jobs.deadletters.DeadLetter
 * headers} that say why and where from. Written by the stream, by the audit's repair and, about
 * what cannot be read, by {@code skip-unreadable}, and sent to the source topic again by {@link
 * io.playlog.jobs.deadletters.ReplayDeadLettersCommand}.
 */
package io.playlog.jobs.deadletters;
