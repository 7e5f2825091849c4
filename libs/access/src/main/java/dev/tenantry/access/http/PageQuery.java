package dev.tenantry.access.http;

import java.util.List;

import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/** Which page of a list is asked for: a {@code @BeanParam} of REST methods that give a {@link Page}. */
public class PageQuery {

    private static final int MOST = 500;

    @QueryParam("page")
    @DefaultValue("0")
    @Parameter(description = "The number of the page, from 0", schema = @Schema(minimum = "0"))
    int page;

    @QueryParam("size")
    @DefaultValue("50")
    @Parameter(description = "How many items a page has", schema = @Schema(minimum = "1", maximum = "500"))
    int size;

    /** Is filled by JAX-RS. */
    public PageQuery() {}

    PageQuery(int page, int size) {
        this.page = page;
        this.size = size;
    }

    /**
     * Give the number of the page, from 0.
     *
     * @throws BadRequestException when it is negative
     */
    public int page() {
        if (page < 0) {
            throw new BadRequestException("page is 0 or more, not " + page + ".");
        }
        return page;
    }

    /**
     * Give how many items the page has at most.
     *
     * @throws BadRequestException when no page can have that many
     */
    public int size() {
        if (size < 1 || size > MOST) {
            throw new BadRequestException("size is 1 to " + MOST + ", not " + size + ".");
        }
        return size;
    }

    /** Cut the page out of a whole list. */
    public <T> Page<T> of(List<T> all) {
        int from = (int) Math.min((long) page() * size(), all.size());
        int to = Math.min(from + size(), all.size());
        return new Page<>(all.subList(from, to), page, size, all.size());
    }

    /** Make the page of items that were read for it alone, as a database does. */
    public <T> Page<T> holding(List<T> items, long total) {
        return new Page<>(items, page(), size(), total);
    }
}
