package dev.tenantry.reconciler.build;

/** The types of the frames in the middle of a build: what kustomize-worker asks, and the answers. */
final class Question {

    // What the worker sends.
    static final byte STAT = 'S';
    static final byte READ = 'R';
    static final byte LIST = 'L';
    static final byte WARNING = 'W';

    // What the JVM sends.
    static final byte ABSENT = 'a';
    static final byte IS_FILE = 'f';
    static final byte FOLDER = 'd';
    static final byte CONTENT = 'c';
    static final byte LISTING = 'l';
    static final byte REFUSED = 'x';

    private Question() {}
}
