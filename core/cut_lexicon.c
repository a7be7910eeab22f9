#include "cut_private.h"

struct row {
    guint classes;
    const char *words;
};

static const struct row rows[] = {
    { CLASS_STOP,
      "for in on with to from of at so when if that which who whom whose where while whether by as via using "
      "into onto upon per than then because but after before during without within through across between "
      "unless except only about against since until till once like over under above below near toward "
      "towards is are was were be been being am has have had having do does did can could should must may "
      "might will would shall not no never how what why there here also instead even such etc e.g i.e "
      "too again back out up down off based depending matching related associated given including" },
    { CLASS_JOIN, "and or" },
    { CLASS_DETERMINER,
      "the a an my our your their its his her this these those all any each every both some other another "
      "either several various multiple many more most different own following certain specific" },
    { CLASS_PRONOUN,
      "it them they he she i we you me us him itself themselves myself something anything everything nothing "
      "someone anyone others so forth" },
    { CLASS_VERB,
      "be get gets got give gives go goes keep keeps make makes let lets allow allows enable enables use "
      "uses "
      "save saves send sends run runs receive receives choose select selects pick submit submits apply "
      "applies approve approves reject rejects assign assigns open opens close closes click press pay login "
      "log sign scroll navigate return returns load loads parse parses validate validates verify verifies "
      "ensure ensures prevent prevents provide provides perform performs improve improves fix fixes avoid "
      "reduce reduces implement implements refactor integrate support supports help helps know knows learn "
      "understand want wants need needs like try keep join leave follow invite notify notifies inform "
      "confirm confirms decide accept accepts respond communicate connect connects move moves copy copies "
      "paste drag drop cut publish publishes deploy deploys install installs start starts stop stops begin "
      "continue finish finishes reset resets restore restores undo redo convert converts transform calculate "
      "compute generate generates write writes send sends share shares sell buy purchase book reserve "
      "subscribe unsubscribe authenticate authorize reach become becomes remain stay work works handle "
      "handles happen take takes bring explain explains describe show shows preserve preserves skip skips "
      "contact compare compares normalise normalize detect detects identify determine track tracks attach "
      "consume maintain access visit ship ships cancel cancels meet meets include includes run enter enters "
      "stay expand collapse trigger triggers resolve resolves retry warn warns emit emits render renders "
      "build builds test tests launch split merge merges match matches call calls accommodate exclude "
      "excludes appear appears work die raise respect respects wait waits clear clears set sets find finds "
      "seeing viewing using creating editing adding removing deleting updating showing moving managing "
      "exposes expose preserving mirrors covers cover honors honor "
      "saving loading sending getting setting making running writing opening closing following keeping "
      "is has was are were" },
    { CLASS_ADJECTIVE,
      "new old current historic historical past future previous next last first second third final initial "
      "good bad better best worse easy fast slow quick simple complex clear clean correct accurate valid "
      "small large big great high low long short free open closed public private internal external global "
      "local empty full whole complete partial recent latest early late safe secure secured reliable robust "
      "consistent precise stable efficient effective modern ready active inactive available unavailable "
      "up-to-date red green blue black white bold light dark optional required mandatory automatic manual "
      "single double basic advanced main major minor own same similar different relevant interested nice "
      "online offline real happy intuitive responsive friendly proper smooth easily quickly safely clearly "
      "always often now later soon when together directly left right top bottom upper lower small medium "
      "large minimal optimized minified" },
    { CLASS_SIFT,
      "filter filters filtered filtering search searches searched searching sort sorts sorted sorting group "
      "groups grouped grouping order orders ordered ordering narrow browse browsing find finding look query "
      "queries querying break categorize categorise aggregate aggregated slice lookup segment ranked rank" },
    { CLASS_SHOW,
      "see view views show shows display displays displaying enter enters record records store stores export "
      "exports exporting import imports importing upload uploads download downloads downloading include "
      "includes including contain contains containing list lists capture captures track tracks report "
      "reports collect obtain specify define fill prefill hide read reads print prints set sets edit "
      "validate validates provide provides translate configure customize visualize visualise return returns "
      "following types kinds fields columns such receive receives support supports accept accepts" },
    { CLASS_CREATE, "create creates creating add adds adding insert register post" },
    { CLASS_READ, "view views viewing see list lists show read reads browse inspect display" },
    { CLASS_CHANGE,
      "edit edits editing update updates updating change changes changing modify modifies rename "
      "renames amend adjust" },
    { CLASS_REMOVE, "remove removes removing delete deletes deleting archive archives deactivate disable" },
    { CLASS_MANAGE, "manage manages managing handle handles handling administer administers administrate "
                    "maintain maintains maintaining crud management administration maintenance" },
    { CLASS_BROAD,
      "error errors exception exceptions failure failures edge case cases timeout timeouts event events "
      "input "
      "inputs signal signals conflict conflicts keyboard redirect redirects compatibility state history "
      "order "
      "consistency quality performance accuracy accurate integrity expectations expectation time risk risks "
      "workload load traffic complexity memory focus scroll request requests response responses message "
      "concurrency concurrent missing empty invalid null duplicate duplicates everything all it this these "
      "that them activities activity work growth relations relationship relationships more most in for with "
      "by large larger special backward backwards existing current scope dependencies dependency position "
      "formatting encoding whitespace behavior behaviour functionality context process processes resize "
      "clicks click callbacks callback retries cancellation multi-line multiple unexpected unknown ids id "
      "path paths undefined both non-existent gracefully correctly" },
    { CLASS_FAIL,
      "invalid fails incorrect expired expires declined denied unavailable refused refuses unauthorized "
      "unauthorised forbidden malformed corrupt corrupted nonexistent non-existent unreachable unreadable "
      "rejected wrong" },
    { CLASS_STUDY,
      "investigate investigating investigation evaluate evaluating evaluation research researching "
      "assess assessing assessment prototype prototyping spike feasibility analyse analyze "
      "experiment benchmark" },
    { CLASS_BUILDER, "developer developers engineer engineers team designer designers architect architects "
                     "tester testers devops programmer programmers maintainer maintainers devs dev" },
    { CLASS_WAY, "pay pays payment paying sign log login sign-in check checkout authenticate register "
                 "registration verify deliver delivered contact subscribe donate refund identify confirm "
                 "invite connect" },
    { CLASS_HEAD,
      "app apps application applications client clients site sites version versions interface interfaces ui "
      "uis platform platforms device devices browser browsers page pages view views format formats file "
      "files "
      "document documents export exports import imports endpoint endpoints frontend backend command commands "
      "users notifications notification message messages alert alerts reminder reminders spreadsheet "
      "spreadsheets image images systems phone phones" },
    { CLASS_MEANS, "by with via using through" },
    { CLASS_LINK,
      "sync synchronization synchronisation parity consistency communication mismatch alignment "
      "conversion converter interplay bridge compatibility drift difference differences boundary" },
    { CLASS_RESULT,
      "get see be have keep pass view make do know return receive show read find learn let stay "
      "use want need know feel become go" },
    { CLASS_ASK,
      "check checks checking see know knows knowing determine determines decide verify verifies validate "
      "understand tell tells ask asks test tests sure learn wonder detect detects find as even what" },
};

GHashTable *cut_lexicon_new(GStringChunk *strings)
{
    GHashTable *lexicon = g_hash_table_new(g_str_hash, g_str_equal);

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_auto(GStrv) words = g_strsplit(rows[i].words, " ", -1);
        for (gsize j = 0; words[j]; j++) {
            const char *word = g_string_chunk_insert_const(strings, words[j]);
            guint classes = GPOINTER_TO_UINT(g_hash_table_lookup(lexicon, word)) | rows[i].classes;
            g_hash_table_insert(lexicon, (gpointer)word, GUINT_TO_POINTER(classes));
        }
    }
    return lexicon;
}
