package dev.tenantry.git;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.storage.file.WindowCacheConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/**
 * Set up JGit for a service, once for the process: no configuration of the user or the machine counts (a user's
 * {@code http.sslVerify=false} or {@code insteadOf} must not decide what a cluster runs), and its caches are small,
 * since thousands of repositories share them.
 * <p>
 * JGit is told how coarse the file system's times are; else each process would find out by writing files for three
 * seconds, as fast as it can. Both values are above what file systems with the kernel's times have; those of whole
 * seconds (ext3, HFS+, FAT) are none for a service's repositories.
 *
 * @see FS.FileStoreAttributes
 */
final class GitEnvironment {

    private static final int MIB = 1024 * 1024;
    private static final Duration TIMESTAMP_RESOLUTION = Duration.ofMillis(10);
    private static final Duration RACY_INTERVAL = Duration.ofMillis(50);

    static {
        // JGit asks even for what it is told on the pool that all share.
        FS.FileStoreAttributes.setBackground(true);
        SystemReader.setInstance(new IsolatedSystem(SystemReader.getInstance()));
        WindowCacheConfig cache = new WindowCacheConfig();
        cache.setPackedGitLimit(48L * MIB);
        cache.setPackedGitWindowSize(64 * 1024);
        cache.setPackedGitOpenFiles(256);
        cache.setDeltaBaseCacheLimit(8 * MIB);
        cache.setStreamFileThreshold(8 * MIB);
        cache.install();
    }

    private GitEnvironment() {}

    /** Make sure that the set-up is done. */
    static void prepare() {
        // The work is in the static initialiser, which the JVM runs once.
    }

    private static final class IsolatedSystem extends SystemReader.Delegate {

        private IsolatedSystem(SystemReader system) {
            super(system);
        }

        @Override
        public String getenv(String variable) {
            boolean aboutGit = variable.startsWith("GIT_") || variable.equals("XDG_CONFIG_HOME");
            return aboutGit ? null : super.getenv(variable);
        }

        @Override
        public FileBasedConfig openUserConfig(Config parent, FS fs) {
            return new NoConfig(parent, fs);
        }

        @Override
        public FileBasedConfig openSystemConfig(Config parent, FS fs) {
            return new NoConfig(parent, fs);
        }

        @Override
        public FileBasedConfig openJGitConfig(Config parent, FS fs) {
            return new NoConfig(parent, fs);
        }

        @Override
        public StoredConfig getUserConfig() {
            return new NoConfig(null, FS.DETECTED);
        }

        @Override
        public StoredConfig getSystemConfig() {
            return new NoConfig(null, FS.DETECTED);
        }

        @Override
        public StoredConfig getJGitConfig() {
            return new NoConfig(null, FS.DETECTED);
        }
    }

    private static final class NoConfig extends FileBasedConfig {

        private NoConfig(Config parent, FS fs) {
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

        @Override
        public long getTimeUnit(String section, @Nullable String subsection, String name, long defaultValue,
                TimeUnit unit) {
            if (!section.equals(ConfigConstants.CONFIG_FILESYSTEM_SECTION)) {
                return super.getTimeUnit(section, subsection, name, defaultValue, unit);
            }
            return switch (name) {
                case ConfigConstants.CONFIG_KEY_TIMESTAMP_RESOLUTION -> unit.convert(TIMESTAMP_RESOLUTION);
                case ConfigConstants.CONFIG_KEY_MIN_RACY_THRESHOLD -> unit.convert(RACY_INTERVAL);
                default -> defaultValue;
            };
        }

        @Override
        public boolean isOutdated() {
            return false;
        }
    }
}
