package dev.rung.compat;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.errors.OpenAIServiceException;
import dev.rung.core.json.Json;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What both of OpenAI's interfaces share in its client. */
final class OpenAiClients {
    private OpenAiClients() {}

    static OpenAIClient of(int port, int retries) {
        return OpenAIOkHttpClient.builder()
                .baseUrl("http://127.0.0.1:" + port + "/v1")
                .apiKey("none is needed")
                .maxRetries(retries)
                .timeout(Duration.ofSeconds(20))
                .build();
    }

    static Map<String, JsonValue> values(Json.Obj object) {
        Map<String, JsonValue> values = new LinkedHashMap<>();
        Plain.of(object).forEach((name, value) -> values.put(name, JsonValue.from(value)));
        return values;
    }

    static List<String> models(OpenAIClient client) {
        return client.models().list().autoPager().stream()
                .map(one -> one.validate().id())
                .toList();
    }

    static String model(OpenAIClient client, String name) {
        return client.models().retrieve(name).validate().id();
    }

    static Failure failure(Throwable thrown) {
        if (!(thrown instanceof OpenAIServiceException error)) {
            throw new AssertionError("not an exception of the client: " + thrown, thrown);
        }
        return new Failure(
                error.statusCode(),
                error.getClass().getSimpleName(),
                error.type().orElse(""),
                error.getMessage() + " " + error.body(),
                error.headers().values("retry-after").stream().findFirst().orElse(null));
    }
}
