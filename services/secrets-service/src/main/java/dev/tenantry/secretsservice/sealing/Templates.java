package dev.tenantry.secretsservice.sealing;

import java.util.Map;

/** Renders Go templates with Sprig's functions, as {@code spec.template.data} has them, over decrypted values. */
public interface Templates {

    /**
     * Render each template by itself, over the same values.
     *
     * @param namespace whose templates they are: several namespaces take turns
     * @param templates the text of each, by the key of the Secret's data that it makes
     * @param values what a template sees as {@code .key}
     */
    Rendering render(String namespace, Map<String, String> templates, Map<String, byte[]> values);

    /** How it ended. No message holds a word of the values. */
    sealed interface Rendering {}

    /**
     * All were rendered.
     *
     * @param data by the keys of the templates
     */
    record Rendered(Map<String, byte[]> data) implements Rendering {

        /** Print the keys alone. */
        @Override
        public String toString() {
            return "Rendered" + data.keySet();
        }
    }

    /**
     * Some cannot be rendered, however often it is tried.
     *
     * @param messages why, with line and column, by key
     */
    record Failed(Map<String, String> messages) implements Rendering {}

    /** There is nothing to render with now. */
    record Unavailable(String message) implements Rendering {}

    /** Refuse all templates, where there is no engine. */
    static Templates none() {
        return (namespace, templates, values) -> new Unavailable("templates cannot be rendered here");
    }
}
