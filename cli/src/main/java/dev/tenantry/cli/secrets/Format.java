package dev.tenantry.cli.secrets;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator.Feature;
import com.fasterxml.jackson.dataformat.yaml.util.StringQuotingChecker;

import dev.tenantry.kubernetes.Manifest;

/** How objects are written. */
enum Format {

    YAML("---\n", new ObjectMapper(YAMLFactory.builder()
            .enable(Feature.MINIMIZE_QUOTES)
            .enable(Feature.LITERAL_BLOCK_STYLE)
            .disable(Feature.WRITE_DOC_START_MARKER)
            .disable(Feature.SPLIT_LINES)
            .stringQuotingChecker(new PlainWords())
            .build()).writer()), JSON("\n", new ObjectMapper().writerWithDefaultPrettyPrinter());

    private final String separator;
    private final ObjectWriter writer;

    Format(String separator, ObjectWriter writer) {
        this.separator = separator;
        this.writer = writer;
    }

    /** Write objects one after the other, with the end of a line at the end. */
    String write(List<Manifest> objects) {
        return objects.stream().map(Manifest::json).map(this::write).collect(Collectors.joining(separator));
    }

    /** Write any JSON, with the end of a line at the end. */
    String write(ObjectNode object) {
        try {
            String text = writer.writeValueAsString(object);
            return text.endsWith("\n") ? text : text + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("What was read can be written", e);
        }
    }

    /** Give the word of the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Leaves out the quotes only where no reader of YAML could take a text for something else. */
    private static final class PlainWords extends StringQuotingChecker.Default {

        private static final long serialVersionUID = 1L;
        private static final String PLAIN = "[A-Za-z/][-A-Za-z0-9_./+=]*";

        @Override
        public boolean needToQuoteName(String name) {
            return !name.matches(PLAIN) && !name.equals(".dockerconfigjson") || super.needToQuoteName(name);
        }

        @Override
        public boolean needToQuoteValue(String value) {
            return !value.matches(PLAIN) || super.needToQuoteValue(value);
        }
    }
}
