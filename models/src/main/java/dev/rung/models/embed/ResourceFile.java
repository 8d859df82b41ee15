package dev.rung.models.embed;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/** A file inside a jar, with what the jar's index tells of it without reading it. */
final class ResourceFile {
    private final URL url;
    private final long length;
    private final String checksum;

    private ResourceFile(URL url, long length, String checksum) {
        this.url = url;
        this.length = length;
        this.checksum = checksum;
    }

    /** Returns the resource of that absolute name on the class path, or null when there is none. */
    static @Nullable ResourceFile find(String name) throws IOException {
        URL url = ResourceFile.class.getResource(name);
        if (url == null) {
            return null;
        }
        URLConnection connection = url.openConnection();
        long length = connection.getContentLengthLong();
        long mark =
                connection instanceof JarURLConnection jar ? jar.getJarEntry().getCrc() : connection.getLastModified();
        return new ResourceFile(url, length, Long.toHexString(mark));
    }

    /** Returns what tells two versions of this file apart. */
    String checksum() {
        return checksum;
    }

    InputStream open() throws IOException {
        return url.openStream();
    }

    /** Copies this file to {@code target} unless a file of its length is there; never leaves half a file. */
    void copyTo(Path target) throws IOException {
        if (Files.exists(target) && Files.size(target) == length) {
            return;
        }
        Path folder = Files.createDirectories(target.toAbsolutePath().getParent());
        Path partial = Files.createTempFile(folder, "copying-", ".part");
        try (InputStream in = open()) {
            Files.copy(in, partial, StandardCopyOption.REPLACE_EXISTING);
            Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(partial);
        }
    }
}
