package dev.rung.app.cli;

import dev.rung.core.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.MessageDigest;
import java.util.List;
import java.util.stream.Stream;

/** What classes were loaded from, as a hash: results that were kept are those of this code, or they are not. */
final class RunningCode {
    private RunningCode() {}

    /** Returns the hash of the jars or class folders that hold {@code classes}. */
    static Sha256 of(Class<?>... classes) {
        MessageDigest digest = Sha256.newDigest();
        for (Class<?> one : classes) {
            CodeSource source = one.getProtectionDomain().getCodeSource();
            if (source == null) {
                throw new IllegalStateException("nobody knows where " + one + " comes from");
            }
            try (Stream<Path> files = Files.walk(Path.of(location(source)))) {
                List<Path> inOrder = files.filter(Files::isRegularFile).sorted().toList();
                for (Path file : inOrder) {
                    digest.update(Files.readAllBytes(file));
                }
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read the code of " + one, e);
            }
        }
        return Sha256.of(digest);
    }

    private static URI location(CodeSource source) {
        try {
            return source.getLocation().toURI();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("code lies in no file: " + source.getLocation(), e);
        }
    }
}
