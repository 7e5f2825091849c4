package dev.tenantry.reconciler;

import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Keep values of Secrets out of what is shown. */
final class Masker {

    private static final String MASK = "*****";
    /** Shorter values would mask half of each message, and tell nothing that guessing does not. */
    private static final int SHORTEST = 4;

    private final List<String> secrets;

    Masker(Set<String> secrets) {
        this.secrets = secrets.stream()
                .filter(secret -> secret.length() >= SHORTEST)
                // A secret that holds another one is masked whole.
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    String mask(String text) {
        String masked = text;
        for (String secret : secrets) {
            masked = masked.replace(secret, MASK);
        }
        return masked;
    }
}
