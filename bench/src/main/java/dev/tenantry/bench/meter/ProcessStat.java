package dev.tenantry.bench.meter;

/**
 * What {@code /proc/PID/stat} tells of a process.
 *
 * @param ticks processor time, in user and kernel mode, its own and that of its children that have ended
 * @param started when it started, in ticks since the boot
 * @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html">proc_pid_stat(5)</a>
 */
record ProcessStat(long parent, long ticks, long started) {

    /** USER_HZ, which is the same on every architecture that a JDK runs on. */
    static final double TICKS_PER_SECOND = 100;

    /** Read a line; the name in it is in brackets, and may hold brackets and blanks itself. */
    static ProcessStat parse(String line) {
        String[] fields = line.substring(line.lastIndexOf(')') + 1).strip().split(" ");
        // The manual counts from 1, and these begin with its field 3.
        return new ProcessStat(field(fields, 4), field(fields, 14) + field(fields, 15) + field(fields, 16)
                + field(fields, 17), field(fields, 22));
    }

    private static long field(String[] fields, int number) {
        return Long.parseLong(fields[number - 3]);
    }
}
