/**
 * Listens that players submit as they do to ListenBrainz: {@link
 * io.playlog.web.submission.SubmissionApi} answers, and says that all is well when Kafka has them.
 */
package io.playlog.web.submission;
