package dev.tenantry.git;

/**
 * Identify ourselves by mutual TLS.
 *
 * @param certificateChain PEM, the own certificate first
 * @param privateKey PEM: PKCS#8, PKCS#1 (RSA) or SEC1 (EC), not encrypted
 */
public record ClientCertificate(String certificateChain, String privateKey) {

    @Override
    public String toString() {
        return "ClientCertificate[certificateChain=" + certificateChain.length() + " characters, privateKey=***]";
    }
}
