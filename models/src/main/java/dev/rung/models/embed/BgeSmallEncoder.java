package dev.rung.models.embed;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import dev.rung.core.RungException;
import dev.rung.core.economics.Pricing;
import dev.rung.core.model.Encoder;
import dev.rung.core.model.ModelCard;
import dev.rung.core.model.ModelId;
import dev.rung.core.model.Residency;
import java.io.IOException;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The sentence encoder bge-small-en-v1.5 (Xiao et al., "C-Pack", 2023) with 8-bit weights, on ONNX Runtime.
 *
 * <p>A text's vector is the last layer's at the start mark, scaled to length one. Its features are that vector followed by the mean over its tokens, scaled
 * alike: the forward pass gives both, and learners do better with both (docs/decisions/0007-students.md). Texts are run one at a time: the 8-bit
 * activations are scaled by the largest value in the whole batch, so that in a batch a text's vector would depend on its
 * neighbours, and padding is wasted work. A list is embedded longest first on the configured number of threads.
 */
public final class BgeSmallEncoder implements Encoder {
    /** The name under which tasks and the catalog know it. */
    public static final ModelId ID = new ModelId("bge-small-en-v1.5");

    private static final String WEIGHTS = "/bge-small-en-v1.5-q.onnx";
    private static final String TOKENIZER = "/bge-small-en-v1.5-q-tokenizer.json";
    /** SHA-256 of {@link #WEIGHTS} in the jar that the parent POM pins. */
    private static final String WEIGHTS_SHA256 = "6c9c6101a956d62dfb5e7190c538226c0c5bb9cb27b651234b6df063ee7dbfe4";

    private static final int DIMENSIONS = 384;
    private static final int CONTEXT_TOKENS = 512;

    private final ModelCard card;
    private final WordPieces pieces;
    private final OrtEnvironment environment;
    private final OrtSession session;
    private final ExecutorService helpers;
    private final int threads;

    private BgeSmallEncoder(
            ModelCard card, WordPieces pieces, OrtEnvironment environment, OrtSession session, int threads) {
        this.card = card;
        this.pieces = pieces;
        this.environment = environment;
        this.session = session;
        this.threads = threads;
        this.helpers = Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().daemon().name("embed-", 1).factory());
    }

    /**
     * Loads the encoder from the class path.
     *
     * @param cacheFolder where the native library and the optimised model are kept between starts
     * @param threads how many texts of one list are embedded at the same time, 1 to 256
     * @param pricing what its time costs
     * @throws RungException.Unavailable when this platform or class path lacks a part
     */
    public static BgeSmallEncoder load(Path cacheFolder, int threads, Pricing pricing) {
        if (threads < 1 || threads > 256) {
            throw new IllegalArgumentException("threads must be 1 to 256, found " + threads);
        }
        NoTelemetry.ensure();
        String runtime = OnnxNatives.unpack(cacheFolder);
        try (InputStream vocabulary = resource(TOKENIZER).open()) {
            ResourceFile weights = resource(WEIGHTS);
            WordPieces pieces = WordPieces.read(vocabulary);
            OrtEnvironment environment = OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "rung");
            String name = ID.value() + "-" + weights.checksum() + "-" + runtime;
            OrtSession session = new OptimisedModel(cacheFolder, name).open(environment, weights);
            return new BgeSmallEncoder(card(pricing), pieces, environment, session, threads);
        } catch (IOException | OrtException | UnsatisfiedLinkError e) {
            throw new RungException.Unavailable("the encoder " + ID + " cannot be loaded: " + e.getMessage(), e);
        }
    }

    private static ResourceFile resource(String name) throws IOException {
        ResourceFile found = ResourceFile.find(name);
        if (found == null) {
            throw new RungException.Unavailable("the encoder " + ID + " is not on the class path: no resource " + name);
        }
        return found;
    }

    private static ModelCard card(Pricing pricing) {
        return new ModelCard(
                ID,
                WEIGHTS_SHA256,
                ModelCard.Kind.ENCODER,
                Residency.LOCAL,
                CONTEXT_TOKENS,
                Set.of(),
                "MIT",
                ModelCard.OutputsMayTrain.YES,
                null,
                pricing);
    }

    @Override
    public ModelCard card() {
        return card;
    }

    @Override
    public int dimensions() {
        return DIMENSIONS;
    }

    @Override
    public int tokens(String text) {
        return pieces.numbers(text, Integer.MAX_VALUE).length;
    }

    @Override
    public float[] embed(String text) {
        return Arrays.copyOf(features(text), DIMENSIONS);
    }

    @Override
    public List<float[]> embed(List<String> texts) {
        return features(texts).stream()
                .map(features -> Arrays.copyOf(features, DIMENSIONS))
                .toList();
    }

    @Override
    public float[] features(String text) {
        return run(pieces.numbers(text, CONTEXT_TOKENS));
    }

    @Override
    public List<float[]> features(List<String> texts) {
        if (texts.size() == 1) {
            return List.of(features(texts.getFirst()));
        }
        long[][] numbers = new long[texts.size()][];
        Arrays.setAll(numbers, i -> pieces.numbers(texts.get(i), CONTEXT_TOKENS));
        Integer[] longestFirst = new Integer[numbers.length];
        Arrays.setAll(longestFirst, i -> i);
        Arrays.sort(longestFirst, (a, b) -> Integer.compare(numbers[b].length, numbers[a].length));
        float[][] vectors = new float[numbers.length][];
        AtomicInteger next = new AtomicInteger();
        Runnable lane = () -> {
            for (int i = next.getAndIncrement(); i < numbers.length; i = next.getAndIncrement()) {
                vectors[longestFirst[i]] = run(numbers[longestFirst[i]]);
            }
        };
        List<Future<?>> lanes = new ArrayList<>();
        for (int i = 0; i < Math.min(threads, numbers.length); i++) {
            lanes.add(helpers.submit(lane));
        }
        lanes.forEach(BgeSmallEncoder::await);
        return List.of(vectors);
    }

    private static void await(Future<?> lane) {
        try {
            lane.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RungException.Failed("interrupted while embedding", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RungException known
                    ? known
                    : new RungException.Failed("embedding failed: " + e.getCause(), e);
        }
    }

    private float[] run(long[] numbers) {
        long[] shape = {1, numbers.length};
        long[] mask = new long[numbers.length];
        Arrays.fill(mask, 1);
        try (OnnxTensor ids = OnnxTensor.createTensor(environment, LongBuffer.wrap(numbers), shape);
                OnnxTensor attention = OnnxTensor.createTensor(environment, LongBuffer.wrap(mask), shape);
                OnnxTensor types =
                        OnnxTensor.createTensor(environment, LongBuffer.wrap(new long[numbers.length]), shape);
                OrtSession.Result result =
                        session.run(Map.of("input_ids", ids, "attention_mask", attention, "token_type_ids", types))) {
            if (!(result.get(0) instanceof OnnxTensor lastLayer)) {
                throw new RungException.Corrupt("the encoder " + ID + " gave " + result.get(0) + ", not a tensor");
            }
            return features(lastLayer.getFloatBuffer());
        } catch (OrtException e) {
            throw new RungException.Failed("the encoder " + ID + " failed: " + e.getMessage(), e);
        }
    }

    /** The vector at the start mark, then the mean over the tokens between it and the end mark; zeros for an empty text. */
    private static float[] features(FloatBuffer lastLayer) {
        int tokens = lastLayer.remaining() / DIMENSIONS;
        float[] features = new float[2 * DIMENSIONS];
        lastLayer.get(features, 0, DIMENSIONS);
        for (int token = 1; token < tokens - 1; token++) {
            for (int i = DIMENSIONS; i < features.length; i++) {
                features[i] += lastLayer.get();
            }
        }
        scaleToLengthOne(features, 0);
        scaleToLengthOne(features, DIMENSIONS);
        return features;
    }

    private static void scaleToLengthOne(float[] values, int from) {
        double squares = 0;
        for (int i = from; i < from + DIMENSIONS; i++) {
            squares += (double) values[i] * values[i];
        }
        float scale = squares == 0 ? 0 : (float) (1 / Math.sqrt(squares));
        for (int i = from; i < from + DIMENSIONS; i++) {
            values[i] *= scale;
        }
    }

    @Override
    public void close() {
        helpers.shutdown();
        try {
            session.close();
        } catch (OrtException e) {
            throw new RungException.Failed("the encoder " + ID + " did not close: " + e.getMessage(), e);
        }
    }
}
