package dev.tenantry.git;

import java.time.Instant;

/**
 * Describe a commit for people: who made it, when, and what they said.
 *
 * @param id the commit's id
 * @param author the author's name
 * @param email the author's address
 * @param subject the first line of the message
 * @param time when it was committed (not authored), to the second
 */
public record Commit(CommitId id, String author, String email, String subject, Instant time) {}
