package dev.tenantry.kubernetes.source;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** Say what to follow in a repository; commit wins over name, name over semver, semver over tag, tag over branch. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record GitReference(
        @JsonPropertyDescription("Branch to follow.")
        @Nullable String branch,

        @JsonPropertyDescription("Tag to follow; wins over branch.")
        @Nullable String tag,

        @JsonPropertyDescription("Range of versions; the highest tag in it is followed. Wins over tag.")
        @Nullable String semver,

        @JsonPropertyDescription("Full name of the reference to follow, such as 'refs/pull/420/head'; wins "
                + "over semver.")
        @Nullable String name,

        @JsonPropertyDescription("Commit to stay at; wins over all others. With branch, the commit is looked "
                + "for on that branch.")
        @Nullable String commit) {}
