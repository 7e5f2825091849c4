package dev.tenantry.gitwatcher.repository;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.tenantry.git.FetchResult;
import dev.tenantry.git.IgnoreRules;
import dev.tenantry.git.ReferenceSelector;
import dev.tenantry.git.Remote;
import dev.tenantry.git.RepositoryStore;
import dev.tenantry.git.SourceId;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.api.ApiException;
import dev.tenantry.kubernetes.meta.LocalObjectReference;
import dev.tenantry.kubernetes.meta.Reason;
import dev.tenantry.kubernetes.source.GitReference;
import dev.tenantry.kubernetes.source.GitRepositorySpec;

/** Fetch what a source's spec names, by the source's own credentials. */
public final class Fetcher {

    private static final String CANNOT_DETERMINE = "failed to checkout and determine revision: ";

    private final RepositoryStore store;
    private final Secrets secrets;

    public Fetcher(RepositoryStore store, Secrets secrets) {
        this.store = store;
        this.secrets = secrets;
    }

    /** Ask the remote, and fetch what is new. Blocks for as long as the spec's timeout. */
    public Fetched fetch(Source source) {
        GitRepositorySpec spec = source.spec();
        if (!spec.unsupportedFields().isEmpty()) {
            return new Fetched.Refused(
                    Reason.UNSUPPORTED_FIELD, "not supported: " + String.join(", ", spec.unsupportedFields()));
        }
        if (spec.url().toLowerCase(Locale.ROOT).startsWith("ssh://")) {
            return new Fetched.Refused(Reason.UNSUPPORTED_FIELD, "not supported: spec.url with ssh://");
        }
        Remote remote;
        try {
            remote = Remote.of(spec.url());
        } catch (IllegalArgumentException e) {
            return new Fetched.Refused(Reason.URL_INVALID, "invalid spec.url: " + e.getMessage());
        }
        ReferenceSelector selector;
        try {
            selector = selector(spec.ref());
        } catch (IllegalArgumentException e) {
            return new Fetched.Refused(Reason.GIT_OPERATION_FAILED, "invalid spec.ref: " + e.getMessage());
        }
        LocalObjectReference secretRef = spec.secretRef();
        if (secretRef == null) {
            return fetch(source, remote, selector);
        }
        return fetch(source, remote, selector, new NamespacedName(source.name().namespace(), secretRef.name()));
    }

    private Fetched fetch(Source source, Remote remote, ReferenceSelector selector, NamespacedName secret) {
        try {
            Optional<Map<String, byte[]>> entries = secrets.read(secret.namespace(), secret.name());
            return entries.isEmpty()
                    ? new Fetched.Failed(Reason.AUTHENTICATION_FAILED,
                            "failed to get secret '" + secret + "': not found")
                    : fetch(source, Identity.apply(remote, entries.get()), selector);
        } catch (IllegalArgumentException e) {
            return new Fetched.Failed(
                    Reason.AUTHENTICATION_FAILED,
                    "failed to configure authentication options: secret '" + secret + "': " + e.getMessage());
        } catch (ApiException e) {
            if (e.error().isForbidden()) {
                return new Fetched.Failed(
                        Reason.AUTHENTICATION_FAILED, "failed to get secret '" + secret + "': access denied");
            }
            throw e;
        }
    }

    /** Give the rules by which the source leaves files out. */
    public static IgnoreRules rules(Source source) {
        return IgnoreRules.of(source.spec().ignore());
    }

    /** Drop what was fetched for a source. */
    public void forget(NamespacedName source) throws IOException {
        store.forget(id(source));
    }

    /** Give the name under which the store knows the source. */
    public static SourceId id(NamespacedName source) {
        return new SourceId(source.namespace(), source.name());
    }

    private Fetched fetch(Source source, Remote remote, ReferenceSelector selector) {
        FetchResult result = store.fetch(remote, id(source.name()), selector, source.spec().effectiveTimeout());
        return switch (result) {
            case FetchResult.Fetched fetched -> new Fetched.Content(fetched.revision(), fetched.commit());
            case FetchResult.UrlRefused refused -> new Fetched.Refused(Reason.URL_INVALID, refused.message());
            case FetchResult.AddressRefused refused -> new Fetched.Failed(Reason.URL_INVALID, refused.message());
            case FetchResult.AuthenticationFailed failed -> new Fetched.Failed(
                    Reason.AUTHENTICATION_FAILED, CANNOT_DETERMINE + failed.message());
            case FetchResult.NotFound failed -> new Fetched.Failed(
                    Reason.GIT_OPERATION_FAILED, CANNOT_DETERMINE + failed.message());
            case FetchResult.GitOperationFailed failed -> failed.cause() == FetchResult.Cause.STORAGE
                    ? new Fetched.Failed(Reason.STORAGE_OPERATION_FAILED, failed.message())
                    : new Fetched.Failed(Reason.GIT_OPERATION_FAILED, CANNOT_DETERMINE + failed.message());
        };
    }

    private static ReferenceSelector selector(@Nullable GitReference ref) {
        return ref == null
                ? ReferenceSelector.DEFAULT
                : ReferenceSelector.of(ref.branch(), ref.tag(), ref.semver(), ref.name(), ref.commit());
    }
}
