package dev.tenantry.reconciler.source;

import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Keep values of Secrets out of what is shown. */
public final class Masker {

    public static final String MASK = "*****";
    /** Shorter values would mask half of each message, and tell nothing that guessing does not. */
    private static final int SHORTEST = 4;

    private final Set<String> secrets;
    private final List<String> longest;

    /** @param secrets the values that are never to be shown */
    public Masker(Set<String> secrets) {
        this.secrets = Set.copyOf(secrets);
        this.longest = secrets.stream()
                .filter(secret -> secret.length() >= SHORTEST)
                // A secret that holds another one is masked whole.
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    /** Mask what a text for people quotes. */
    public String mask(String text) {
        String masked = text;
        for (String secret : longest) {
            masked = masked.replace(secret, MASK);
        }
        return masked;
    }

    /** Mask the value of one field, which may be a secret as a whole, however short. */
    public String maskValue(String value) {
        return !value.isEmpty() && secrets.contains(value) ? MASK : mask(value);
    }
}
