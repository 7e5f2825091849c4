package dev.tenantry.cli.process;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A program to keep running.
 *
 * @param name what people call it; also the name of its log file
 * @param command the program and its arguments
 * @param environment what it gets beside this process's own environment
 * @param patience how long it may take to end by itself before it is killed
 */
public record ChildCommand(String name, List<String> command, Map<String, String> environment, Duration patience) {

    public ChildCommand {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }
}
