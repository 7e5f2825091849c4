package dev.tenantry.e2e;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/**
 * Values that nobody else makes up, and a search for what tells of them.
 *
 * <p>Found is every text of eight characters out of a value, as it is and in base64, wherever in the encoded text it is.
 */
final class Canaries {

    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    private static final int LENGTH = 40;
    private static final int TRACE = Long.BYTES;
    private static final int BASE64_GROUP = 3;
    private static final int FILTER_BITS = 22;

    private final RandomGenerator random = new SecureRandom();
    private final Map<Long, String> traces = new HashMap<>();
    /** What the last bits of traces are, so that nearly all of what is searched needs no look at the traces. */
    private final BitSet filter = new BitSet(1 << FILTER_BITS);

    /** Make up a value; what is found of it is told by the name. */
    String next(String name) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < LENGTH; i++) {
            text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        String value = text.toString();
        forms(value).forEach(form -> remember(name, form));
        return value;
    }

    /** Tell the names of the values of which there is a trace. */
    Set<String> in(byte[] content) {
        Set<String> found = new TreeSet<>();
        long last = 0;
        for (int i = 0; i < content.length; i++) {
            last = last << Byte.SIZE | content[i] & 0xff;
            if (filter.get(hash(last))) {
                String name = traces.get(last);
                if (name != null) {
                    found.add(name);
                }
            }
        }
        return found;
    }

    Set<String> in(String content) {
        return in(content.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> forms(String value) {
        List<String> forms = new ArrayList<>();
        forms.add(value);
        for (int before = 0; before < BASE64_GROUP; before++) {
            byte[] shifted = (" ".repeat(before) + value).getBytes(StandardCharsets.US_ASCII);
            String encoded = Base64.getEncoder().withoutPadding().encodeToString(shifted);
            // The characters at both ends may tell of other bytes too.
            forms.add(encoded.substring(before == 0 ? 0 : before + 1, shifted.length * 8 / 6));
        }
        return forms;
    }

    private void remember(String name, String form) {
        byte[] bytes = form.getBytes(StandardCharsets.US_ASCII);
        long last = 0;
        for (int i = 0; i < bytes.length; i++) {
            last = last << Byte.SIZE | bytes[i];
            if (i >= TRACE - 1) {
                traces.put(last, name);
                filter.set(hash(last));
            }
        }
    }

    private static int hash(long trace) {
        return (int) (trace * 0x9E3779B97F4A7C15L >>> Long.SIZE - FILTER_BITS);
    }
}
