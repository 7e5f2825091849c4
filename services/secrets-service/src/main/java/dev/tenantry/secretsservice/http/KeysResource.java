package dev.tenantry.secretsservice.http;

import java.util.List;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import dev.tenantry.access.Caller;
import dev.tenantry.access.Permission;
import dev.tenantry.access.http.Authenticated;
import dev.tenantry.access.http.Page;
import dev.tenantry.access.http.PageQuery;
import dev.tenantry.secretsservice.Keys;
import dev.tenantry.secretsservice.StoredKey;
import io.smallrye.common.annotation.Blocking;

/** The sealing keys, without what opens anything. */
@Path("/secrets-service/keys")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Tag(name = "keys", description = "Sealing keys: how old, whether exported, for which namespaces")
@SecurityRequirement(name = "bearer")
public class KeysResource {

    private final Keys keys;
    private final Caller caller;

    KeysResource(Keys keys, Caller caller) {
        this.keys = keys;
        this.caller = caller;
    }

    @GET
    @Authenticated
    @Operation(summary = "List the keys whose Secrets the caller may get, the newest first", description = Page.OF_WHAT_IS_VISIBLE)
    @APIResponse(responseCode = "200")
    @APIResponse(responseCode = "400", description = "page or size is out of range")
    @APIResponse(responseCode = "401", description = "No token, or none that the cluster takes")
    @APIResponse(responseCode = "503", description = "The API server cannot be asked who may")
    public Page<KeyView> list(@BeanParam PageQuery query) {
        List<StoredKey> visible = caller.visible(keys.stored(), key -> new Permission("get", "", "secrets",
                key.key().secret().namespace(), key.key().secret().name())).toCompletableFuture().join();
        return query.of(visible).map(key -> KeyView.of(key, keys));
    }
}
