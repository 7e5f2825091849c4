package dev.tenantry.cli.secrets;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

import dev.tenantry.cli.terminal.CommandFailure;
import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.secretsservice.sealing.FileCheck;
import dev.tenantry.secretsservice.sealing.Finding;
import dev.tenantry.secretsservice.sealing.Finding.Weight;
import dev.tenantry.secretsservice.sealing.SealedContent;

/** Checks files of SealedSecrets without a private key, and prints what it finds. */
final class Checking {

    private final FileCheck check;
    private final PrintWriter out;
    private int checked;
    private int faulty;

    Checking(Collection<X509Certificate> certificates, PrintWriter out) {
        this.check = new FileCheck(certificates);
        this.out = out;
    }

    /** Check all SealedSecrets of the files; tells whether none has an error. Objects of other kinds are left aside. */
    boolean run(List<String> files, InputStream stdin) {
        for (String file : files) {
            try {
                ObjectFile.read(file, stdin)
                        .objects()
                        .stream()
                        .filter(Checking::isSealedSecret)
                        .forEach(object -> print(file, object));
            } catch (IOException e) {
                faulty++;
                out.println("error: " + CommandFailure.text(e));
            }
        }
        out.println("seal: " + checked + " checked, " + faulty + " with errors");
        return faulty == 0;
    }

    private void print(String file, Manifest object) {
        List<Finding> findings = check.check(object);
        checked++;
        for (Finding finding : findings) {
            out.println(file + ": " + object.ref().namespacedName() + ": "
                    + finding.weight().name().toLowerCase(Locale.ROOT) + ": " + finding.where() + ": "
                    + finding.message());
        }
        if (findings.stream().anyMatch(finding -> finding.weight() == Weight.ERROR)) {
            faulty++;
        }
    }

    private static boolean isSealedSecret(Manifest object) {
        return object.kind().equals(SealedContent.KIND) && object.apiVersion().equals(SealedContent.API_VERSION);
    }
}
