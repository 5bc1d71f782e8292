import { Button, Collapse, Select, SimpleGrid, Stack, Text, TextInput, Title } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useDisclosure } from "@mantine/hooks";
import { useMutation } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { client, type Schemas } from "~/api/client";
import { bodyOf } from "~/features/offers/model";
import { applyFieldErrors, FormError } from "~/ui/FormError";
import { AGENTS, type KnownAgent } from "./agents";
import { TrialOutcome } from "./TrialOutcome";

const KNOWN = Object.keys(AGENTS) as KnownAgent[];

interface Imagined {
  address: string;
  device: KnownAgent | "own";
  user_agent: string;
  language: string;
  referrer: string;
  source_id: string;
  sub1: string;
  /** Local time of the browser. */
  at: string;
}

const NOBODY: Imagined = {
  address: "",
  device: "android",
  user_agent: "",
  language: "",
  referrer: "",
  source_id: "",
  sub1: "",
  at: "",
};

function asked(visitor: Imagined): Schemas["TrialIn"] {
  const { source_id, sub1 } = visitor;
  const sent = Object.entries({ source_id, sub1 }).filter(([, value]) => value !== "");
  return {
    address: visitor.address.trim(),
    user_agent: visitor.device === "own" ? visitor.user_agent : AGENTS[visitor.device],
    language: visitor.language.trim(),
    referrer: visitor.referrer.trim(),
    parameters: Object.fromEntries(sent),
    at: visitor.at ? new Date(visitor.at).toISOString() : null,
  };
}

/** An imagined visitor of a link, and what the edge would do with it. */
export function TryVisitor({ linkId }: { linkId: string }) {
  return (
    <Trying
      ask={async (body) => {
        const params = { path: { id: linkId } };
        return bodyOf(await client.POST("/v1/links/{id}/try", { params, body }));
      }}
      show={(outcome) => <TrialOutcome outcome={outcome} />}
    />
  );
}

interface TryingProps<Answer> {
  ask: (visitor: Schemas["TrialIn"]) => Promise<Answer>;
  show: (answer: Answer) => ReactNode;
}

/** The form, and below it what is answered. */
export function Trying<Answer>({ ask, show }: TryingProps<Answer>) {
  const { t } = useTranslation("targeting");
  const [isOpen, { toggle }] = useDisclosure(false);
  return (
    <Stack gap="sm">
      <div>
        <Title order={3}>{t("try.title")}</Title>
        <Text c="dimmed" size="sm">
          {t("try.text")}
        </Text>
      </div>
      {!isOpen && (
        <Button variant="default" w="fit-content" onClick={toggle}>
          {t("try.go")}
        </Button>
      )}
      <Collapse expanded={isOpen}>{isOpen && <TrialForm ask={ask} show={show} />}</Collapse>
    </Stack>
  );
}

function TrialForm<Answer>({ ask, show }: TryingProps<Answer>) {
  const { t } = useTranslation("targeting");
  const form = useForm<Imagined>({ initialValues: NOBODY });
  const trial = useMutation({
    mutationFn: (visitor: Imagined) => ask(asked(visitor)),
    onError: (problem) => void applyFieldErrors(form, problem),
  });
  const agents: Record<KnownAgent | "own", string> = {
    android: t("try.android"),
    iphone: t("try.iphone"),
    windows: t("try.windows"),
    mac: t("try.mac"),
    own: t("try.own_agent"),
  };
  return (
    <form noValidate onSubmit={form.onSubmit((visitor) => trial.mutate(visitor))}>
      <Stack gap="md">
        <FormError error={trial.error} />
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
          <TextInput label={t("try.address")} placeholder="83.0.12.7" {...form.getInputProps("address")} />
          <Select
            label={t("try.agent")}
            data={[...KNOWN, "own" as const].map((value) => ({ value, label: agents[value] }))}
            allowDeselect={false}
            {...form.getInputProps("device")}
          />
          {form.values.device === "own" && (
            <TextInput label={t("try.own_agent")} {...form.getInputProps("user_agent")} />
          )}
          <TextInput label={t("try.language")} placeholder="pl" {...form.getInputProps("language")} />
          <TextInput
            label={t("try.referrer")}
            placeholder="https://blog.example/"
            {...form.getInputProps("referrer")}
          />
          <TextInput label={t("try.source")} placeholder="site-42" {...form.getInputProps("source_id")} />
          <TextInput label={t("try.sub1")} {...form.getInputProps("sub1")} />
          <TextInput
            type="datetime-local"
            label={t("try.at")}
            description={t("try.at_help")}
            inputWrapperOrder={["label", "input", "description", "error"]}
            {...form.getInputProps("at")}
          />
        </SimpleGrid>
        <Button type="submit" w="fit-content" loading={trial.isPending}>
          {t("try.go")}
        </Button>
        {trial.data && show(trial.data)}
      </Stack>
    </form>
  );
}
