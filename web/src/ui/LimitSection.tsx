import { Button, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { type QueryKey, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { MoneyInput } from "./FigureInputs";
import { FormError } from "./FormError";
import { ErrorState } from "./Page";
import { fieldErrors } from "./problems";
import { SkeletonBlock } from "./Skeletons";
import { notifyDone } from "./Toast";

interface Words {
  title: string;
  label: string;
  help: string;
  none: string;
  above: (limitMinor: number) => string;
  save: string;
  saved: string;
}

interface Props {
  words: Words;
  currency: string;
  queryKey: QueryKey;
  read: (signal: AbortSignal) => Promise<number | null>;
  write: (limitMinor: number | null) => Promise<unknown>;
}

/** An amount up to which one person may act alone; none where it is empty. */
export function LimitSection(props: Props) {
  const { words, queryKey, read } = props;
  const { data, error, refetch } = useQuery({ queryKey, queryFn: ({ signal }) => read(signal) });
  return (
    <Paper withBorder p="lg" maw={640} mt="md" component="section">
      <Title order={2} size="h4" mb="xs">
        {words.title}
      </Title>
      {error && data === undefined && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!error && data === undefined && <SkeletonBlock height={80} />}
      {data !== undefined && <LimitForm key={data ?? "none"} known={data} {...props} />}
    </Paper>
  );
}

function LimitForm({ known, words, currency, queryKey, write }: Props & { known: number | null }) {
  const queries = useQueryClient();
  const [limit, setLimit] = useState(known);
  const save = useMutation({
    mutationFn: () => write(limit),
    onSuccess: () => {
      queries.setQueryData(queryKey, limit);
      notifyDone(words.saved);
    },
  });
  const errors = save.error ? fieldErrors(save.error) : {};
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Stack gap="sm">
        <FormError error={save.error} />
        <MoneyInput
          label={words.label}
          description={words.help}
          value={limit}
          onChange={setLimit}
          currency={currency}
          error={errors.limit_minor}
        />
        <Group justify="space-between">
          <Text size="sm" c="dimmed">
            {limit === null ? words.none : words.above(limit)}
          </Text>
          <Button type="submit" disabled={limit === known} loading={save.isPending}>
            {words.save}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
