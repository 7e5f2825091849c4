package dev.tenantry.kubernetes;

/** Tell that a document is no Kubernetes object, in words meant for the author of the document. */
public final class InvalidManifestException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    InvalidManifestException(String message) {
        super(message);
    }
}
