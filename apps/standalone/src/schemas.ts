/** The services' schemas whose outboxes this process relays. */
export const SCHEMAS = ['collector', 'classifier', 'workflow'] as const;
