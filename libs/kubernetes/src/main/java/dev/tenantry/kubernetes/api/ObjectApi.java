package dev.tenantry.kubernetes.api;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tenantry.kubernetes.Manifest;
import io.fabric8.kubernetes.client.Client;
import io.fabric8.kubernetes.client.Config;

/**
 * Read and change arbitrary objects of an API server, on behalf of one account, without holding a thread.
 *
 * <p>Every stage fails with an {@link ApiException} (see {@link ApiException#errorOf}) when the server refuses, cannot be
 * reached, or has not answered within the deadline. A request that was refused for overload (429, or 503 with
 * Retry-After) or whose connection could not be made is sent again, with growing, jittered pauses, until the deadline;
 * one whose connection broke only when that is harmless. Stages complete on virtual threads, so that what follows them
 * may block. Of an account ({@link #as}), as many writes run at once as the server answers fast, and the deadline of one
 * that waits for others has not begun; all else is the caller's to bound.
 */
public final class ObjectApi implements AutoCloseable {

    private static final String APPLY = "application/apply-patch+yaml";

    private final ApiConnection connection;

    private ObjectApi(ApiConnection connection) {
        this.connection = connection;
    }

    /** Use the connections, credentials and settings of a client, which stays the owner of them. */
    public static ObjectApi of(Client client) {
        return new ObjectApi(ApiConnection.of(client));
    }

    /** Open connections of its own, to be closed with {@link #close()}. */
    public static ObjectApi connect(Config config) {
        return new ObjectApi(ApiConnection.connect(config));
    }

    /**
     * Act as a service account, with exactly its rights, over the same connections.
     *
     * <p>Our own account needs the right to {@code impersonate} that service account and no other: the server adds the
     * groups of a service account by itself when a request names none, and naming them would need the right to
     * impersonate groups.
     */
    public ObjectApi as(String namespace, String serviceAccount) {
        return new ObjectApi(connection.as("system:serviceaccount:" + namespace + ":" + serviceAccount));
    }

    /** Give every request, its repetitions included, another time to end; 30 seconds unless set. */
    public ObjectApi within(Duration deadline) {
        return new ObjectApi(connection.within(deadline));
    }

    /** Give the connection below, for requests that are not about objects. */
    public ApiConnection connection() {
        return connection;
    }

    /**
     * Wait for an answer, on a thread that may.
     *
     * @throws ApiException when the server refuses or cannot be reached
     */
    public static <T> T await(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().join();
        } catch (CompletionException e) {
            throw ApiException.errorOf(e).map(error -> new ApiException(error, e)).orElseThrow(() -> e);
        }
    }

    /** Read an object; empty when there is none of that name. */
    public CompletionStage<Optional<ObjectNode>> get(ObjectPath path) {
        return optional(connection.send(ApiRequest.get(path.relative())).thenApply(ObjectApi::object));
    }

    /**
     * Read the first page of a list.
     *
     * <p>Follow with {@link #next}; the pages are one consistent snapshot, which the server forgets after some minutes
     * ({@link ApiError#isGone()}: start again).
     */
    public CompletionStage<ObjectPage> list(ResourceType type, ListQuery query) {
        return page(type, query, "");
    }

    /** Read the page that follows another one of the same query. */
    public CompletionStage<ObjectPage> next(ResourceType type, ListQuery query, ObjectPage previous) {
        return page(type, query, previous.continueToken());
    }

    /** Read all pages of a list into memory, for lists that are known to be short. */
    public CompletionStage<List<ObjectNode>> listAll(ResourceType type, ListQuery query) {
        return list(type, query).thenCompose(first -> rest(type, query, first, new ArrayList<>()));
    }

    /** Create an object, failing when there is one of its name ({@link ApiError#isAlreadyExists()}). */
    public CompletionStage<ObjectNode> create(ResourceType type, String namespace, ObjectNode object) {
        return create(type, namespace, object, "");
    }

    /**
     * Create an object as a field manager, failing when there is one of its name ({@link ApiError#isAlreadyExists()}).
     *
     * @param fieldManager the name under which the server notes the fields; empty for the client's default
     */
    public CompletionStage<ObjectNode> create(ResourceType type, String namespace, ObjectNode object,
            String fieldManager) {
        String path = new ApiRequest.Path(type.collectionPath(namespace)).with("fieldManager", fieldManager).toString();
        return connection.send(ApiRequest.post(path, object.toString())).thenApply(ObjectApi::object);
    }

    /**
     * Make an object as a manifest says, by server-side apply, and give what it is then.
     *
     * <p>Fields that the manager set before and that the manifest lacks are removed.
     */
    public CompletionStage<ObjectNode> apply(ResourceType type, Manifest manifest, ApplyOptions options) {
        String path = new ApiRequest.Path(
                withSubresource(type.at(manifest.namespace(), manifest.name()), options.subresource()))
                .with("fieldManager", options.fieldManager())
                .with("force", options.force())
                .with("dryRun", options.dryRun() ? "All" : "")
                .toString();
        ApiRequest request = new ApiRequest("PATCH", path, ApiRequest.JSON, APPLY, manifest.toJson(), true);
        return connection.send(request).thenApply(ObjectApi::object);
    }

    /**
     * Make an object as a manifest says, by server-side apply, only if there is none of its name.
     *
     * <p>Where there is one, whoever made it and whatever it says, nothing of it is changed, and the stage fails with
     * {@link ApiError#isConflict()} or, when it was made at the same moment, {@link ApiError#isAlreadyExists()}. Admission
     * may answer a conflict too, and a request that was sent again meets its own first try: only a read tells.
     */
    public CompletionStage<ObjectNode> applyNew(ResourceType type, Manifest manifest, ApplyOptions options) {
        // No object ever has this version: the server compares it with that of the object it finds, if it finds one.
        return apply(type, manifest.with(json -> {
            json.withObjectProperty("metadata").put("resourceVersion", "1");
            return json;
        }), options);
    }

    /** Change an object and give what it is then. */
    public CompletionStage<ObjectNode> patch(ObjectPath object, Patch patch) {
        String path = new ApiRequest.Path(withSubresource(object, patch.subresource()))
                .with("fieldManager", patch.fieldManager())
                .with("dryRun", patch.dryRun() ? "All" : "")
                .toString();
        String contentType = patch.format().contentType();
        ApiRequest request = new ApiRequest("PATCH", path, ApiRequest.JSON, contentType, patch.body().toString(),
                false);
        return connection.send(request).thenApply(ObjectApi::object);
    }

    /**
     * Delete an object.
     *
     * @return what the server answered: the object while finalizers or dependents still hold it, a {@code Status} when it
     *     is gone; empty when there was none
     */
    public CompletionStage<Optional<ObjectNode>> delete(ObjectPath object, DeleteOptions options) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("apiVersion", "v1").put("kind", "DeleteOptions");
        if (options.uid() != null) {
            body.withObjectProperty("preconditions").put("uid", options.uid());
        }
        if (options.resourceVersion() != null) {
            body.withObjectProperty("preconditions").put("resourceVersion", options.resourceVersion());
        }
        if (options.propagation() != null) {
            body.put("propagationPolicy", options.propagation().wire());
        }
        if (options.dryRun()) {
            body.putArray("dryRun").add("All");
        }
        // Only a delete of one certain object can be repeated: without a uid it might hit a successor.
        boolean repeatable = options.uid() != null;
        ApiRequest request = new ApiRequest(
                "DELETE",
                object.relative(),
                ApiRequest.JSON,
                ApiRequest.JSON,
                body.toString(),
                repeatable);
        return optional(connection.send(request).thenApply(ObjectApi::object));
    }

    /** Close the connections when they are our own, for all views of them; else do nothing. */
    @Override
    public void close() {
        connection.close();
    }

    private CompletionStage<ObjectPage> page(ResourceType type, ListQuery query, String continueToken) {
        String path = new ApiRequest.Path(type.collectionPath(query.namespace()))
                .with("labelSelector", query.labelSelector())
                .with("fieldSelector", query.fieldSelector())
                .with("limit", Integer.toString(query.pageSize()))
                .with("continue", continueToken)
                .toString();
        return connection.send(ApiRequest.get(path)).thenApply(body -> page(type, object(body)));
    }

    private static ObjectPage page(ResourceType type, ObjectNode list) {
        List<ObjectNode> items = new ArrayList<>();
        for (JsonNode item : list.path("items")) {
            ObjectNode object = (ObjectNode) item;
            // Items of a list do not say what they are, unlike objects everywhere else.
            object.put("apiVersion", type.apiVersion()).put("kind", type.kind());
            items.add(object);
        }
        JsonNode metadata = list.path("metadata");
        return new ObjectPage(
                items,
                metadata.path("resourceVersion").asText(""),
                metadata.path("continue").asText(""));
    }

    private CompletionStage<List<ObjectNode>> rest(ResourceType type, ListQuery query, ObjectPage page,
            List<ObjectNode> all) {
        all.addAll(page.items());
        return page.isLast()
                ? CompletableFuture.completedStage(all)
                : next(type, query, page).thenCompose(following -> rest(type, query, following, all));
    }

    private static String withSubresource(ObjectPath path, String subresource) {
        return subresource.isEmpty() ? path.relative() : path.relative() + "/" + subresource;
    }

    private static ObjectNode object(byte[] body) {
        if (Json.read(body) instanceof ObjectNode object) {
            return object;
        }
        throw new ApiException(ApiError.transport(ApiError.BROKEN, "The API server's answer is no JSON object"));
    }

    /** Turns the absence of an object into an empty value; the absence of its kind stays an error. */
    private static CompletionStage<Optional<ObjectNode>> optional(CompletionStage<ObjectNode> stage) {
        return stage.handle((object, failure) -> {
            if (failure == null) {
                return Optional.of(object);
            }
            boolean absent = ApiException.errorOf(failure)
                    .filter(error -> error.isNotFound() && !error.isUnknownKind())
                    .isPresent();
            if (absent) {
                return Optional.empty();
            }
            throw failure instanceof CompletionException wrapped ? wrapped : new CompletionException(failure);
        });
    }
}
