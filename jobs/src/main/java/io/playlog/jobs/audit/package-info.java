/**
 * Whether everything is stored: {@link io.playlog.jobs.audit.AuditCommand} reads the topic again,
 * {@code CompareTask} compares its messages with the tables and the dead letters, {@code Repair}
 * stores what is missing.
 */
package io.playlog.jobs.audit;
