package dev.tenantry.testkit.git;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;

/** Keep the configuration of whoever runs the tests out of them. */
final class NoUserConfiguration extends SystemReader.Delegate {

    /** More than what the kernel's clock and the file system make of it. */
    private static final Duration FILE_TIMES = Duration.ofMillis(50);

    private NoUserConfiguration(SystemReader system) {
        super(system);
    }

    static synchronized void install() {
        if (!(SystemReader.getInstance() instanceof NoUserConfiguration)) {
            SystemReader.setInstance(new NoUserConfiguration(SystemReader.getInstance()));
        }
    }

    @Override
    public String getenv(String variable) {
        return variable.startsWith("GIT_") || variable.equals("XDG_CONFIG_HOME") ? null : super.getenv(variable);
    }

    @Override
    public FileBasedConfig openUserConfig(Config parent, FS fs) {
        return new Nothing(parent, fs);
    }

    @Override
    public FileBasedConfig openSystemConfig(Config parent, FS fs) {
        return new Nothing(parent, fs);
    }

    @Override
    public FileBasedConfig openJGitConfig(Config parent, FS fs) {
        return new Nothing(parent, fs);
    }

    @Override
    public StoredConfig getUserConfig() {
        return new Nothing(null, FS.DETECTED);
    }

    @Override
    public StoredConfig getSystemConfig() {
        return new Nothing(null, FS.DETECTED);
    }

    @Override
    public StoredConfig getJGitConfig() {
        return new Nothing(null, FS.DETECTED);
    }

    private static final class Nothing extends FileBasedConfig {

        private Nothing(Config parent, FS fs) {
            super(parent, null, fs);
        }

        @Override
        public void load() {
            // Nothing to read.
        }

        @Override
        public void save() {
            // Nothing to keep.
        }

        /** Without an answer, JGit would write files for three seconds, to find out how coarse their times are. */
        @Override
        public long getTimeUnit(String section, String subsection, String name, long defaultValue, TimeUnit unit) {
            return section.equals(ConfigConstants.CONFIG_FILESYSTEM_SECTION)
                    ? unit.convert(FILE_TIMES)
                    : super.getTimeUnit(section, subsection, name, defaultValue, unit);
        }

        @Override
        public boolean isOutdated() {
            return false;
        }
    }
}
