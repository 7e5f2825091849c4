package dev.tenantry.secretsservice;

import java.time.Duration;
import java.util.Optional;

import dev.tenantry.access.AccessConfig;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How secrets-service works; every property is under {@code secrets-service}. */
@ConfigMapping(prefix = "secrets-service")
public interface SecretsServiceConfig {

    /** @return whether this service opens SealedSecrets; switched off, it only answers, as in tests of other parts */
    @WithDefault("true")
    boolean enabled();

    /** @return the name of this replica in events, by default the host's name */
    Optional<String> replica();

    /** @return how many SealedSecrets are opened at once; the namespaces take turns */
    @WithDefault("16")
    int concurrency();

    /** @return the label selector of the SealedSecrets that this installation opens, all when absent */
    Optional<String> watchLabelSelector();

    /** @return whether the deprecated {@code spec.data}, one blob for a whole Secret, is opened too */
    @WithDefault("true")
    boolean acceptOldData();

    /** @return whether a Secret that is deleted or changed past its SealedSecret is made again */
    @WithDefault("true")
    boolean recreate();

    /** @return the namespace that this service runs in, where its Lease is while there is no broker */
    @WithDefault("tenantry-system")
    String namespace();

    /** @return how long to wait for the broker before the Lease decides who opens what */
    @WithDefault("15s")
    Duration brokerPatience();

    /** @return who may use the REST API */
    AccessConfig access();

    Retry retry();

    Keys keys();

    Templates templates();

    Http http();

    /** How failures that may pass are retried; all others wait for a change of the SealedSecret, the keys or the Secret. */
    interface Retry {

        /** @return how long after the first failure; it doubles with each failure in a row */
        @WithDefault("1s")
        Duration first();

        /** @return the bound of the doubling */
        @WithDefault("5m")
        Duration longest();
    }

    /** Where the keys are, and when there is a new one. */
    interface Keys {

        /**
         * @return the namespace of the Secrets that hold the keys, by default the service's own; that of the original
         *     controller, often {@code kube-system}, to share its keys
         */
        Optional<String> namespace();

        /** @return the age at which the newest key is followed by a new one; never when zero */
        @WithDefault("30d")
        Duration renewAfter();

        /** @return a time; a newest key from before it is followed by a new one at once, as after a theft of keys */
        Optional<String> cutoffTime();

        /** @return how long a new certificate may be used to seal; its key opens for ever */
        @WithDefault("3650d")
        Duration validity();

        /** @return the size of a new key, in bits */
        @WithDefault("4096")
        int size();

        /** @return what the names of new Secrets of keys begin with */
        @WithDefault("sealed-secrets-key")
        String prefix();

        /** @return the common name of new certificates, none when absent */
        Optional<String> commonName();

        /** @return what tells newer keys from older ones */
        @WithDefault("cert-not-before")
        Order order();

        /** @return how often the events that keys are not exported are repeated */
        @WithDefault("24h")
        Duration remindEvery();
    }

    /** What tells newer keys from older ones. */
    enum Order {
        /** The start of the certificate's validity. */
        CERT_NOT_BEFORE,
        /** When the key's Secret was created. */
        SECRET_CREATION_TIMESTAMP
    }

    /** What templates of a SealedSecret may take. */
    interface Templates {

        /** @return how long all templates of one SealedSecret may run */
        @WithDefault("5s")
        Duration timeout();

        /** @return how many SealedSecrets' are rendered at once, of a namespace one less where there are several */
        @WithDefault("2")
        int workers();

        /** @return the memory that one may take, in bytes */
        @WithDefault("134217728")
        long mostBytes();
    }

    /** What callers of {@code /v1} may do. */
    interface Http {

        /** @return the largest body, in bytes */
        @WithDefault("4194304")
        int mostBytes();

        /** @return how many calls of one client are taken at once */
        @WithDefault("2")
        int burst();

        /** @return after how long one more is */
        @WithDefault("500ms")
        Duration refill();
    }
}
