package dev.rung.models.embed;

import dev.rung.core.RungException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * ONNX Runtime's native libraries, unpacked once into the cache folder.
 *
 * <p>Left alone, ONNX Runtime unpacks 28 MB from its jar into a temporary folder at every start, which takes longer than
 * all the rest of loading the encoder.
 */
final class OnnxNatives {
    private static final String WHERE = "onnxruntime.native.path";

    private OnnxNatives() {}

    /**
     * Unpacks the libraries if they are not there and tells ONNX Runtime where they are; returns what tells versions of
     * them apart. A folder named by the user's own {@code onnxruntime.native.path} is left as it is, and where nothing
     * can be written ONNX Runtime goes on as if left alone.
     *
     * @throws RungException.Unavailable when the jar has none for this platform
     */
    static synchronized String unpack(Path cacheFolder) {
        String platform = platform();
        try {
            ResourceFile library = find(platform, "onnxruntime");
            if (System.getProperty(WHERE) == null) {
                Path folder = cacheFolder.resolve("onnxruntime-" + platform + "-" + library.checksum());
                library.copyTo(folder.resolve(System.mapLibraryName("onnxruntime")));
                find(platform, "onnxruntime4j_jni").copyTo(folder.resolve(System.mapLibraryName("onnxruntime4j_jni")));
                System.setProperty(WHERE, folder.toString());
            }
            return library.checksum();
        } catch (IOException e) {
            return "unpacked-elsewhere";
        }
    }

    private static ResourceFile find(String platform, String library) throws IOException {
        String name = "/ai/onnxruntime/native/" + platform + "/" + System.mapLibraryName(library);
        ResourceFile found = ResourceFile.find(name);
        if (found == null) {
            throw new RungException.Unavailable("the encoder cannot run here: ONNX Runtime has no library for "
                    + platform + " (it has linux-x64, linux-aarch64, osx-aarch64 and win-x64)");
        }
        return found;
    }

    private static String platform() {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String processor = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        String name = system.contains("win") ? "win" : system.contains("mac") ? "osx" : "linux";
        boolean arm = processor.startsWith("aarch64") || processor.startsWith("arm64");
        return name + "-" + (arm ? "aarch64" : "x64");
    }
}
