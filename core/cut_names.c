/* The names of interfaces and formats. */
#include "cut_private.h"

#include <string.h>

static const struct cut_name names[] = {
    { NAMES_DEVICE, "command line", "CLI" },
    { NAMES_DEVICE, "command-line", "CLI" },
    { NAMES_DEVICE, "cli", "CLI" },
    { NAMES_DEVICE, "terminal", "terminal" },
    { NAMES_DEVICE, "tui", "terminal" },
    { NAMES_DEVICE, "rest api", "API" },
    { NAMES_DEVICE, "http api", "API" },
    { NAMES_DEVICE, "api", "API" },
    { NAMES_DEVICE, "apis", "API" },
    { NAMES_DEVICE, "sdk", "SDK" },
    { NAMES_DEVICE, "mcp", "MCP" },
    { NAMES_DEVICE, "graphql", "GraphQL" },
    { NAMES_DEVICE, "web ui", "web" },
    { NAMES_DEVICE, "web interface", "web" },
    { NAMES_DEVICE, "web app", "web" },
    { NAMES_DEVICE, "web site", "web" },
    { NAMES_DEVICE, "web", "web" },
    { NAMES_DEVICE, "webapp", "web" },
    { NAMES_DEVICE, "website", "web" },
    { NAMES_DEVICE, "browser", "web" },
    { NAMES_DEVICE, "browsers", "web" },
    { NAMES_DEVICE, "gui", "GUI" },
    { NAMES_DEVICE, "ios", "iOS" },
    { NAMES_DEVICE, "iphone", "iOS" },
    { NAMES_DEVICE, "iphones", "iOS" },
    { NAMES_DEVICE, "ipad", "iPad" },
    { NAMES_DEVICE, "ipads", "iPad" },
    { NAMES_DEVICE, "android", "Android" },
    { NAMES_DEVICE, "mobile", "mobile" },
    { NAMES_DEVICE, "smartphone", "mobile" },
    { NAMES_DEVICE, "smartphones", "mobile" },
    { NAMES_DEVICE, "phone", "mobile" },
    { NAMES_DEVICE, "phones", "mobile" },
    { NAMES_DEVICE, "tablet", "tablet" },
    { NAMES_DEVICE, "tablets", "tablet" },
    { NAMES_DEVICE, "desktop", "desktop" },
    { NAMES_DEVICE, "desktops", "desktop" },
    { NAMES_DEVICE, "laptop", "laptop" },
    { NAMES_DEVICE, "laptops", "laptop" },
    { NAMES_DEVICE, "kiosk", "kiosk" },
    { NAMES_DEVICE, "smartwatch", "watch" },
    { NAMES_SYSTEM, "windows", "Windows" },
    { NAMES_SYSTEM, "macos", "macOS" },
    { NAMES_SYSTEM, "mac os", "macOS" },
    { NAMES_SYSTEM, "os x", "macOS" },
    { NAMES_SYSTEM, "mac", "macOS" },
    { NAMES_SYSTEM, "linux", "Linux" },
    { NAMES_SYSTEM, "freebsd", "FreeBSD" },
    { NAMES_SYSTEM, "wsl", "WSL" },
    { NAMES_SYSTEM, "ubuntu", "Ubuntu" },
    { NAMES_SYSTEM, "debian", "Debian" },
    { NAMES_SYSTEM, "fedora", "Fedora" },
    { NAMES_BROWSER, "chrome", "Chrome" },
    { NAMES_BROWSER, "firefox", "Firefox" },
    { NAMES_BROWSER, "safari", "Safari" },
    { NAMES_BROWSER, "edge", "Edge" },
    { NAMES_BROWSER, "opera", "Opera" },
    { NAMES_CHANNEL, "email", "email" },
    { NAMES_CHANNEL, "e-mail", "email" },
    { NAMES_CHANNEL, "emails", "email" },
    { NAMES_CHANNEL, "sms", "SMS" },
    { NAMES_CHANNEL, "text message", "SMS" },
    { NAMES_CHANNEL, "text messages", "SMS" },
    { NAMES_CHANNEL, "push", "push" },
    { NAMES_CHANNEL, "push notification", "push" },
    { NAMES_CHANNEL, "push notifications", "push" },
    { NAMES_CHANNEL, "in-app", "in-app" },
    { NAMES_CHANNEL, "whatsapp", "WhatsApp" },
    { NAMES_CHANNEL, "slack", "Slack" },
    { NAMES_CHANNEL, "teams", "Teams" },
    { NAMES_CHANNEL, "letter", "letter" },
    { NAMES_CHANNEL, "fax", "fax" },
    { NAMES_CHANNEL, "rss", "RSS" },
    { NAMES_CHANNEL, "webhook", "webhook" },
    { NAMES_CHANNEL, "webhooks", "webhook" },
    { NAMES_FORMAT, "csv", "CSV" },
    { NAMES_FORMAT, "tsv", "TSV" },
    { NAMES_FORMAT, "pdf", "PDF" },
    { NAMES_FORMAT, "pdfs", "PDF" },
    { NAMES_FORMAT, "json", "JSON" },
    { NAMES_FORMAT, "geojson", "GeoJSON" },
    { NAMES_FORMAT, "topojson", "TopoJSON" },
    { NAMES_FORMAT, "xml", "XML" },
    { NAMES_FORMAT, "yaml", "YAML" },
    { NAMES_FORMAT, "toml", "TOML" },
    { NAMES_FORMAT, "xls", "XLSX" },
    { NAMES_FORMAT, "xlsx", "XLSX" },
    { NAMES_FORMAT, "excel", "XLSX" },
    { NAMES_FORMAT, "ods", "ODS" },
    { NAMES_FORMAT, "odt", "ODT" },
    { NAMES_FORMAT, "docx", "DOCX" },
    { NAMES_FORMAT, "word", "DOCX" },
    { NAMES_FORMAT, "html", "HTML" },
    { NAMES_FORMAT, "markdown", "Markdown" },
    { NAMES_FORMAT, "plain text", "text" },
    { NAMES_FORMAT, "rtf", "RTF" },
    { NAMES_FORMAT, "epub", "EPUB" },
    { NAMES_FORMAT, "parquet", "Parquet" },
    { NAMES_FORMAT, "sqlite", "SQLite" },
    { NAMES_FORMAT, "hdf5", "HDF5" },
    { NAMES_FORMAT, "netcdf", "NetCDF" },
    { NAMES_FORMAT, "shapefile", "Shapefile" },
    { NAMES_FORMAT, "kml", "KML" },
    { NAMES_FORMAT, "rdf", "RDF" },
    { NAMES_FORMAT, "ical", "iCal" },
    { NAMES_FORMAT, "vcard", "vCard" },
    { NAMES_PICTURE, "png", "PNG" },
    { NAMES_PICTURE, "jpg", "JPEG" },
    { NAMES_PICTURE, "jpeg", "JPEG" },
    { NAMES_PICTURE, "gif", "GIF" },
    { NAMES_PICTURE, "svg", "SVG" },
    { NAMES_PICTURE, "webp", "WebP" },
    { NAMES_PICTURE, "tiff", "TIFF" },
    { NAMES_PICTURE, "heic", "HEIC" },
    { NAMES_PICTURE, "mp3", "MP3" },
    { NAMES_PICTURE, "mp4", "MP4" },
    { NAMES_PICTURE, "bmp", "BMP" },
};

/* -- finding them -- */

GHashTable *cut_names_new(void)
{
    GHashTable *known =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);

    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        const char *space = strchr(names[i].phrase, ' ');
        g_autofree char *word = g_strndup(names[i].phrase, strcspn(names[i].phrase, " "));
        GPtrArray *list = g_hash_table_lookup(known, word);
        if (!list) {
            list = g_ptr_array_new();
            g_hash_table_insert(known, g_steal_pointer(&word), list);
        }
        /* The longer phrase is tried first. */
        g_ptr_array_insert(list, space ? 0 : -1, (gpointer)&names[i]);
    }
    return known;
}

const struct cut_name *cut_name_at(const struct cut_reading *reading, guint at, guint end, guint *n)
{
    const struct cut_word *word = cut_word_at(reading, at);
    const GPtrArray *list =
        word->mark || word->aside ? NULL : g_hash_table_lookup(reading->names, word->text);

    for (guint i = 0; list && i < list->len; i++) {
        const struct cut_name *name = list->pdata[i];
        *n = cut_phrase(reading, at, end, name->phrase);
        if (*n)
            return name;
    }
    return NULL;
}
