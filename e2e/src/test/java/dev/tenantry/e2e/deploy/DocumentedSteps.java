package dev.tenantry.e2e.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.tenantry.testkit.cluster.LocalClusterPrograms;

/** The numbered steps of a chapter of the documentation, with the commands that a reader would copy. */
final class DocumentedSteps {

    private static final Pattern NUMBER = Pattern.compile("(\\d+)\\. .*");
    private static final Pattern FENCE = Pattern.compile("```(\\w*)");
    private static final String PROMPT = "$ ";

    private final List<Step> steps = new ArrayList<>();
    private String language = "";

    /**
     * One step.
     *
     * @param blocks of its commands, each for a shell
     * @param yaml the files that it shows
     */
    record Step(List<String> blocks, List<String> yaml) {}

    private DocumentedSteps() {}

    /**
     * Read a chapter.
     *
     * @param file below {@code docs/}
     * @param heading its whole line
     */
    static DocumentedSteps of(String file, String heading) throws IOException {
        DocumentedSteps steps = new DocumentedSteps();
        List<String> lines = Files.readAllLines(LocalClusterPrograms.home().resolve("docs").resolve(file));
        int begin = lines.indexOf(heading);
        if (begin < 0) {
            throw new IllegalArgumentException(file + " has no heading: " + heading);
        }
        lines.stream().skip(begin + 1).takeWhile(line -> !line.startsWith("#")).forEach(steps::add);
        return steps;
    }

    /** Give a step by its number. */
    Step step(int number) {
        return steps.get(number - 1);
    }

    int count() {
        return steps.size();
    }

    private void add(String line) {
        Matcher number = NUMBER.matcher(line);
        Matcher fence = FENCE.matcher(line.strip());
        if (number.matches()) {
            steps.add(new Step(new ArrayList<>(), new ArrayList<>()));
        } else if (fence.matches()) {
            begin(fence.group(1));
        } else if (!language.isEmpty() && !steps.isEmpty()) {
            List<String> blocks = language.equals("yaml") ? steps.getLast().yaml() : steps.getLast().blocks();
            // Below its number, a step is indented by three.
            String text = line.substring(Math.min(line.length(), 3));
            blocks.set(blocks.size() - 1, blocks.getLast()
                    + (text.startsWith(PROMPT) ? text.substring(PROMPT.length()) : text) + "\n");
        }
    }

    private void begin(String of) {
        language = of;
        if (!steps.isEmpty() && !of.isEmpty()) {
            (of.equals("yaml") ? steps.getLast().yaml() : steps.getLast().blocks()).add("");
        }
    }
}
