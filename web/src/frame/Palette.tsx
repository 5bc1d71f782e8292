import { Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { Spotlight } from "@mantine/spotlight";
import {
  IconArrowsSplit2,
  IconLink,
  IconPlus,
  IconRoute,
  IconSearch,
  IconTag,
  IconUsers,
} from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { client, type Schemas } from "~/api/client";
import { useMe, workplaceOf } from "~/domain/person";
import { NAVIGATION } from "./navigation";
import { navigationWord } from "./navigationWord";

type Hit = Schemas["Found"];

const HITS_OF_A_KIND = 5;
const TYPING_PAUSE_MS = 150;
const ICON = { size: 18, stroke: 1.75, "aria-hidden": true };

/** Commands and search over partners, offers, links, smart links and conversions (Ctrl-K). */
export default function Palette({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation("frame");
  const [query, setQuery] = useState("");
  const hits = useHits(query);
  const commands = useCommands(query);
  const isEmpty = commands.length === 0 && hits.length === 0;
  const close = () => {
    setQuery("");
    onClose();
  };
  return (
    <Spotlight.Root
      forceOpened={opened}
      onSpotlightClose={close}
      query={query}
      onQueryChange={setQuery}
      shortcut={null}
      scrollable
      maxHeight={420}
    >
      <Spotlight.Search
        placeholder={t("palette.ask")}
        aria-label={t("palette.ask")}
        leftSection={<IconSearch {...ICON} />}
      />
      <Spotlight.ActionsList>
        {hits.length > 0 && (
          <Spotlight.ActionsGroup label={t("palette.found")}>
            {hits.map((hit) => (
              <HitAction key={hit.id} hit={hit} onDone={close} />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {commands.length > 0 && (
          <Spotlight.ActionsGroup label={t("palette.go")}>
            {commands.map((command) => (
              <Spotlight.Action
                key={command.label}
                label={command.label}
                leftSection={command.icon}
                onClick={() => {
                  close();
                  command.run();
                }}
              />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {isEmpty && <Spotlight.Empty>{t("palette.nothing")}</Spotlight.Empty>}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

function useHits(query: string): Hit[] {
  const [asked] = useDebouncedValue(query.trim(), TYPING_PAUSE_MS);
  const search = useQuery({
    queryKey: ["search", asked],
    queryFn: async ({ signal }) =>
      (await client.GET("/v1/search", { params: { query: { q: asked, limit: HITS_OF_A_KIND } }, signal }))
        .data,
    enabled: asked.length > 0,
    placeholderData: keepPreviousData,
  });
  return asked ? (search.data?.items ?? []) : [];
}

interface Command {
  label: string;
  icon: ReactNode;
  run: () => void;
}

function useCommands(query: string): Command[] {
  const { t } = useTranslation("frame");
  const navigate = useNavigate();
  const { role, permissions } = useMe();
  const entries = NAVIGATION[workplaceOf(role)]
    .flat()
    .filter((entry) => !entry.needs || permissions.includes(entry.needs));
  const going: Command[] = entries.map((entry) => ({
    label: navigationWord(t, entry.name),
    icon: <entry.icon {...ICON} />,
    run: () => void navigate({ to: entry.to }),
  }));
  const making: Command[] = permissions.includes("offers:write")
    ? [
        {
          label: t("palette.new_offer"),
          icon: <IconPlus {...ICON} />,
          run: () => void navigate({ to: "/offers/new" }),
        },
        {
          label: t("palette.new_partner"),
          icon: <IconPlus {...ICON} />,
          run: () => void navigate({ to: "/partners", search: { new: true } }),
        },
        {
          label: t("palette.new_link"),
          icon: <IconPlus {...ICON} />,
          run: () => void navigate({ to: "/links", search: { new: true } }),
        },
      ]
    : [];
  const wanted = query.trim().toLocaleLowerCase();
  return [...going, ...making].filter((command) => command.label.toLocaleLowerCase().includes(wanted));
}

const HIT_ICONS = {
  partner: <IconUsers {...ICON} />,
  offer: <IconTag {...ICON} />,
  link: <IconLink {...ICON} />,
  smart_link: <IconRoute {...ICON} />,
  conversion: <IconArrowsSplit2 {...ICON} />,
};

function HitAction({ hit, onDone }: { hit: Hit; onDone: () => void }) {
  const navigate = useNavigate();
  const { role } = useMe();
  const open = () => {
    onDone();
    if (hit.kind === "partner") void navigate({ to: "/partners/$partnerId", params: { partnerId: hit.id } });
    if (hit.kind === "offer") void navigate({ to: "/offers/$offerId", params: { offerId: hit.id } });
    if (hit.kind === "link") void navigate({ to: "/links", search: { open: hit.id } });
    if (hit.kind === "smart_link") {
      if (role === "partner") void navigate({ to: "/links" });
      else void navigate({ to: "/smart-links/$smartLinkId", params: { smartLinkId: hit.id } });
    }
    if (hit.kind === "conversion")
      void navigate({ to: "/conversions/$conversionId", params: { conversionId: hit.id } });
  };
  return (
    <Spotlight.Action leftSection={HIT_ICONS[hit.kind]} onClick={open} highlightQuery label={hit.title}>
      <div>
        <Text truncate>{hit.title}</Text>
        {hit.subtitle && (
          <Text fz="xs" c="dimmed" truncate>
            {hit.subtitle}
          </Text>
        )}
      </div>
    </Spotlight.Action>
  );
}
